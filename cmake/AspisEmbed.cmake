# Files compiled into the program: aspis_embed(TARGET SYMBOL FILE…) adds a source with the table `SYMBOL`, declared in base/embedded.h.

function(aspis_embed target symbol)
	set(output "${CMAKE_CURRENT_BINARY_DIR}/${symbol}.c")
	add_custom_command(
		OUTPUT "${output}"
		COMMAND "${CMAKE_COMMAND}" -D "OUTPUT=${output}" -D "SYMBOL=${symbol}" -D "FILES=${ARGN}"
			-P "${PROJECT_SOURCE_DIR}/cmake/embed.cmake"
		DEPENDS ${ARGN} "${PROJECT_SOURCE_DIR}/cmake/embed.cmake"
		COMMENT "Embedding ${symbol}"
		VERBATIM)
	target_sources(${target} PRIVATE "${output}")
endfunction()
