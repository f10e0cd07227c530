foreach(test place quote static_secrets update wipe)
	aspis_unit_test(statics/test_${test} ROOMS base yaml repo model statics)
endforeach()
