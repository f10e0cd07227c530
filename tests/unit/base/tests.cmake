foreach(test arena base64 conceal diag embedded error file json_writer map nearest path pool regex secret source str strbuf utf8 vec wiping xalloc)
	aspis_unit_test(base/test_${test} ROOMS base)
endforeach()
aspis_embed(unit-base-test_embedded embedded_samples
	"${CMAKE_CURRENT_LIST_DIR}/embedded/sample.txt"
	"${CMAKE_CURRENT_LIST_DIR}/embedded/empty.txt")
