# What an installation has: the programs, the libraries with their headers, and the files through which pkg-config and find_package(aspis) find them.

include(CMakePackageConfigHelpers)

install(TARGETS aspis DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(TARGETS libaspis EXPORT aspis DESTINATION "${CMAKE_INSTALL_LIBDIR}")
set(libraries aspis)
set(private_headers PATTERN debug.h EXCLUDE PATTERN support.h EXCLUDE)
set(remote_headers PATTERN access.h EXCLUDE PATTERN onepassword.h EXCLUDE PATTERN remote.h EXCLUDE PATTERN sync.h EXCLUDE)
if(ASPIS_REMOTE)
	install(TARGETS aspis-remote DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}/aspis")
	install(TARGETS libaspis-remote EXPORT aspis DESTINATION "${CMAKE_INSTALL_LIBDIR}")
	list(APPEND libraries aspis-remote)
	set(remote_headers "")
endif()
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/aspis" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING
	PATTERN "*.h" ${private_headers} ${remote_headers})

# Sphinx finds the extension there by sys.path.
install(FILES "${PROJECT_SOURCE_DIR}/extras/sphinx/aspis_docs.py" "${PROJECT_SOURCE_DIR}/extras/sphinx/README.md"
	DESTINATION "${CMAKE_INSTALL_DATADIR}/aspis/sphinx")

set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/aspis")
install(EXPORT aspis NAMESPACE aspis:: FILE aspisTargets.cmake DESTINATION "${package_folder}")
configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/aspisConfig.cmake.in" "${PROJECT_BINARY_DIR}/aspisConfig.cmake"
	INSTALL_DESTINATION "${package_folder}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/aspisConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/aspisConfig.cmake" "${PROJECT_BINARY_DIR}/aspisConfigVersion.cmake" DESTINATION "${package_folder}")

# The files of pkg-config name the prefix, which `cmake --install --prefix` decides: they are completed at that time.
foreach(kind LIBDIR INCLUDEDIR)
	set(pc_${kind} "${CMAKE_INSTALL_${kind}}")
	if(NOT IS_ABSOLUTE "${pc_${kind}}")
		string(PREPEND pc_${kind} "\${prefix}/")
	endif()
endforeach()
set(pc_prefix "@CMAKE_INSTALL_PREFIX@")
foreach(pc_name IN LISTS libraries)
	set(pc "${PROJECT_BINARY_DIR}/${pc_name}.pc")
	configure_file("${CMAKE_CURRENT_LIST_DIR}/aspis.pc.in" "${pc}.in" @ONLY)
	install(CODE "configure_file(\"${pc}.in\" \"${pc}\" @ONLY)")
	install(FILES "${pc}" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endforeach()
