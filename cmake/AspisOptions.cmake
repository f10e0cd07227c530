# Compiler flags and the switches of the build. Everything is on the target `aspis_flags`, which every room and test links.

option(ASPIS_WERROR "Treat compiler warnings as errors" OFF)
option(ASPIS_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(ASPIS_COVERAGE "Build with coverage counters" OFF)
option(ASPIS_REMOTE "Build what talks to servers, too: aspis-remote and libaspis-remote, with libcurl, OpenSSL and libxcrypt" ON)
option(ASPIS_PROFILE "Optimize by how often what is run in a training, which builds the program twice (gcc and Release only)" OFF)
option(ASPIS_FUZZ "Build the fuzz targets with libFuzzer (clang only) instead of the replay driver" OFF)

set(ASPIS_WARNINGS
	-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Wstrict-prototypes -Wwrite-strings -Wformat=2 -Wvla)

add_library(aspis_flags INTERFACE)
target_compile_definitions(aspis_flags INTERFACE _GNU_SOURCE ASPIS_VERSION="${PROJECT_VERSION}")
target_compile_options(aspis_flags INTERFACE ${ASPIS_WARNINGS} $<$<BOOL:${ASPIS_WERROR}>:-Werror>)
target_include_directories(aspis_flags INTERFACE "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}/include")

if(ASPIS_SANITIZE)
	# -O1: half the time of -O0, and stack traces stay readable.
	target_compile_options(aspis_flags INTERFACE -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
	target_link_options(aspis_flags INTERFACE -fsanitize=address,undefined)
endif()
if(ASPIS_COVERAGE)
	target_compile_options(aspis_flags INTERFACE --coverage)
	target_link_options(aspis_flags INTERFACE --coverage)
endif()
if(ASPIS_FUZZ)
	if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
		message(FATAL_ERROR "ASPIS_FUZZ needs clang (libFuzzer is part of it): use the preset `fuzz`, or -DCMAKE_C_COMPILER=clang")
	endif()
	target_compile_options(aspis_flags INTERFACE -fsanitize=fuzzer-no-link)
	target_link_options(aspis_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# The program and the library are optimized as a whole where the compiler is gcc: a tenth of the time of a check. The objects hold ordinary code besides, so that
# tests, which link some rooms each, are not linked that way.
set(ASPIS_ROOM_OPTIONS "")
set(ASPIS_WHOLE_OPTIONS "")
if(CMAKE_C_COMPILER_ID STREQUAL "GNU" AND NOT ASPIS_SANITIZE AND NOT ASPIS_COVERAGE)
	set(ASPIS_ROOM_OPTIONS $<$<CONFIG:Release>:-flto=auto> $<$<CONFIG:Release>:-ffat-lto-objects>)
	set(ASPIS_WHOLE_OPTIONS $<$<CONFIG:Release>:-flto=auto>)
endif()

# A tenth of the instructions of a check less. The training takes place once: when sources change, the counts of functions that changed are left out, until
# the target `train` counts anew.
set(ASPIS_TRAINED "")
if(ASPIS_PROFILE AND ASPIS_WHOLE_OPTIONS AND CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT CMAKE_CROSSCOMPILING)
	set(ASPIS_TRAINED "${PROJECT_BINARY_DIR}/profile.stamp")
	set(training "${CMAKE_COMMAND}" -D "SOURCE=${PROJECT_SOURCE_DIR}" -D "TARGET=${PROJECT_BINARY_DIR}" -D "GENERATOR=${CMAKE_GENERATOR}"
		-D "COMPILER=${CMAKE_C_COMPILER}" -D "FLAGS=${CMAKE_C_FLAGS}" -P "${PROJECT_SOURCE_DIR}/cmake/train.cmake")
	add_custom_command(OUTPUT "${ASPIS_TRAINED}" COMMAND ${training} DEPENDS "${PROJECT_SOURCE_DIR}/cmake/train.cmake"
		COMMENT "Training: building with counters, and running" VERBATIM)
	add_custom_target(trained DEPENDS "${ASPIS_TRAINED}")
	add_custom_target(train COMMAND ${training} COMMENT "Training: building with counters, and running" VERBATIM)
	# The last two have more to say here than they know, as code is inlined elsewhere: the other presets hear them.
	list(APPEND ASPIS_ROOM_OPTIONS -fprofile-use -fprofile-partial-training -Wno-missing-profile -Wno-coverage-mismatch
		-Wno-maybe-uninitialized -Wno-format-overflow)
	list(APPEND ASPIS_WHOLE_OPTIONS -fprofile-use -fprofile-partial-training -Wno-missing-profile)
endif()
