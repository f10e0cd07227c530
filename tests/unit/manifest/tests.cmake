foreach(test consumers interest producers pruning vault_template)
	aspis_unit_test(manifest/test_${test} ROOMS base yaml helm manifest)
endforeach()
