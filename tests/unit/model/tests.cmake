foreach(test argocd corpus environment guard resolve values)
	aspis_unit_test(model/test_${test} ROOMS base yaml repo model)
endforeach()
