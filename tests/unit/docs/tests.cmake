aspis_unit_test(docs/test_graph ROOMS base yaml schema repo helm text model manifest delivery docs)
foreach(test names diff list tree)
	aspis_unit_test(docs/test_${test} ROOMS base yaml schema repo helm text model manifest delivery docs)
endforeach()
