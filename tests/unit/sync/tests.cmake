set(sync_rooms base yaml helm repo model manifest delivery store generate sync)
foreach(test given given_legacy)
	aspis_unit_test(sync/test_${test} ROOMS ${sync_rooms} generate_cost)
endforeach()
# At a cost of their own.
foreach(test apply apply_faults)
	aspis_unit_test(sync/test_${test} ROOMS ${sync_rooms})
endforeach()
