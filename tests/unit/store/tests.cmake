foreach(test json_values json_wipe shell_word vault_answer vault_spelling)
	aspis_unit_test(store/test_${test} ROOMS base yaml store)
endforeach()
