aspis_unit_test(text/test_mustache ROOMS base yaml text)
