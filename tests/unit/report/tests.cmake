foreach(test line_hash text formats sarif rules list)
	aspis_unit_test(report/test_${test} ROOMS base yaml repo helm text model manifest delivery report)
endforeach()
