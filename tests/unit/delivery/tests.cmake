foreach(test instances deployments uses)
	aspis_unit_test(delivery/test_${test} ROOMS base yaml repo text model manifest delivery)
endforeach()
