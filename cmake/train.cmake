# Counts how often what is run in a check and in writing pages: cmake -D SOURCE=… -D TARGET=… -D GENERATOR=… -D COMPILER=… -D FLAGS=… -P train.cmake
#
# Builds the program with counters in TARGET/profile, runs it in the example and in the small repositories of the tests, and puts what was counted
# beside the objects of TARGET, where the compiler looks for it.

set(build "${TARGET}/profile")

function(run)
	execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
	if(NOT status EQUAL 0)
		message(FATAL_ERROR "building with counters: '${ARGN}' ended with ${status}:\n${output}")
	endif()
endfunction()

run("${CMAKE_COMMAND}" -S "${SOURCE}" -B "${build}" -G "${GENERATOR}" "-DCMAKE_C_COMPILER=${COMPILER}" "-DCMAKE_C_FLAGS=${FLAGS}"
	-DCMAKE_BUILD_TYPE=Training "-DCMAKE_C_FLAGS_TRAINING=-O3 -DNDEBUG -fprofile-generate -fprofile-update=single"
	-DASPIS_PROFILE=OFF -DASPIS_REMOTE=OFF -DBUILD_TESTING=OFF)
run("${CMAKE_COMMAND}" --build "${build}" --target aspis)

# One thread, the same addresses each time where that may be had, and counts of this training alone: the same sources give the same program.
find_program(setarch setarch)
set(fixed "")
if(setarch)
	execute_process(COMMAND "${setarch}" -R true RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
	if(status EQUAL 0)
		set(fixed "${setarch}" -R)
	endif()
endif()
file(GLOB_RECURSE counts "${build}/src/*.gcda")
if(counts)
	file(REMOVE ${counts})
endif()
file(GLOB_RECURSE repositories "${SOURCE}/examples/*/environments/values.yaml" "${SOURCE}/tests/cases/*/environments/values.yaml")
list(SORT repositories)
foreach(repository IN LISTS repositories)
	cmake_path(GET repository PARENT_PATH repository)
	cmake_path(GET repository PARENT_PATH repository)
	foreach(command check "docs;--quiet;--format;html;${build}/pages")
		execute_process(COMMAND ${fixed} "${build}/bin/aspis" ${command} --jobs 1
			WORKING_DIRECTORY "${repository}" RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
		if(NOT status MATCHES "^[0-9]+$")
			message(FATAL_ERROR "aspis ${command} in ${repository} ended with ${status}")
		endif()
	endforeach()
	file(REMOVE_RECURSE "${build}/pages")
endforeach()

file(GLOB_RECURSE counts RELATIVE "${build}" "${build}/src/*.gcda")
foreach(file IN LISTS counts)
	cmake_path(GET file PARENT_PATH folder)
	file(COPY "${build}/${file}" DESTINATION "${TARGET}/${folder}")
endforeach()
file(TOUCH "${TARGET}/profile.stamp")
