aspis_unit_test(text/test_template ROOMS base yaml text)
