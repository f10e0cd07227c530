aspis_unit_test(manifest/test_vault_template ROOMS base yaml text manifest)
