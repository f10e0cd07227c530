aspis_unit_test(access/test_policy ROOMS base yaml text generate generate_cost store access)
