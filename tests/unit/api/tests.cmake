# Through the shared library, as any program would.
if(TARGET libaspis)
	aspis_unit_test(api/test_api LIBRARIES libaspis)
	target_compile_definitions(unit-api-test_api PRIVATE ASPIS_EXAMPLE="${PROJECT_SOURCE_DIR}/examples/observatory")
	target_link_libraries(unit-api-test_api PRIVATE aspis_flags)
	aspis_python_test(unit-api-exports SCRIPT api/exports.py ARGUMENTS "$<TARGET_FILE:libaspis>")
endif()
