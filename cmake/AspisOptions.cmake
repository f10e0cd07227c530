# Compiler flags and the switches of the build. Everything is on the target `aspis_flags`, which every room and test links.

option(ASPIS_WERROR "Treat compiler warnings as errors" OFF)
option(ASPIS_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(ASPIS_COVERAGE "Build with coverage counters" OFF)
option(ASPIS_FUZZ "Build the libFuzzer targets (clang only)" OFF)

add_library(aspis_flags INTERFACE)
target_compile_definitions(aspis_flags INTERFACE _GNU_SOURCE ASPIS_VERSION="${PROJECT_VERSION}")
target_compile_options(aspis_flags INTERFACE
	-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Wstrict-prototypes -Wwrite-strings -Wformat=2 -Wvla
	$<$<BOOL:${ASPIS_WERROR}>:-Werror>)
target_include_directories(aspis_flags INTERFACE "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}/include")

if(ASPIS_SANITIZE)
	target_compile_options(aspis_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
	target_link_options(aspis_flags INTERFACE -fsanitize=address,undefined)
endif()
if(ASPIS_COVERAGE)
	target_compile_options(aspis_flags INTERFACE --coverage)
	target_link_options(aspis_flags INTERFACE --coverage)
endif()
