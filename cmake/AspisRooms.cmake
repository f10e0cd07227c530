# A room is a folder of src/ and a CMake object library `room_NAME`. Its file list and its third-party libraries stand in its own CMakeLists.txt:
#
#   aspis_room(yaml SOURCES load.c node.c LIBRARIES PkgConfig::YAML)

define_property(GLOBAL PROPERTY ASPIS_ROOMS)

function(aspis_room name)
	cmake_parse_arguments(PARSE_ARGV 1 room "" "" "SOURCES;LIBRARIES")
	add_library(room_${name} OBJECT ${room_SOURCES})
	target_link_libraries(room_${name} PUBLIC aspis_flags ${room_LIBRARIES})
	target_compile_options(room_${name} PRIVATE ${ASPIS_ROOM_OPTIONS})
	if(ASPIS_TRAINED)
		add_dependencies(room_${name} trained)
		set_property(SOURCE ${room_SOURCES} APPEND PROPERTY OBJECT_DEPENDS "${ASPIS_TRAINED}")
	endif()
	set_property(GLOBAL APPEND PROPERTY ASPIS_ROOMS room_${name})
endfunction()

# Links a target with rooms and, since object libraries hand their objects only to direct users, with the objects of each.
function(aspis_use_rooms target)
	foreach(room IN LISTS ARGN)
		target_link_libraries(${target} PRIVATE room_${room})
	endforeach()
endfunction()
