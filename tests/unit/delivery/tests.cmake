foreach(test instances deployments uses remember)
	aspis_unit_test(delivery/test_${test} ROOMS base yaml repo helm model manifest delivery)
endforeach()
