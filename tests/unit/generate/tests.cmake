foreach(test compose digest generate json_equal verify wipe)
	aspis_unit_test(generate/test_${test} ROOMS base yaml generate)
	# bcrypt at a cost that tests can afford.
	target_sources(unit-generate-test_${test} PRIVATE "${PROJECT_SOURCE_DIR}/tests/generate/cost.c")
endforeach()
