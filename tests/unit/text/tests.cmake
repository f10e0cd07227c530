aspis_unit_test(text/test_template ROOMS base yaml text)
aspis_unit_test(text/test_expand ROOMS base yaml text)
aspis_unit_test(text/test_helm ROOMS base yaml text)
aspis_unit_test(text/test_helm_corpus ROOMS base yaml text)
