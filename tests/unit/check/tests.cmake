aspis_unit_test(check/test_rules ROOMS base yaml schema repo helm text model manifest delivery check)
aspis_unit_test(check/test_rule_text ROOMS base yaml schema repo helm text model manifest delivery check)
aspis_unit_test(check/test_settings ROOMS base yaml schema repo helm text model manifest delivery check)
aspis_unit_test(check/test_credential ROOMS base yaml schema repo helm text model manifest delivery check)
