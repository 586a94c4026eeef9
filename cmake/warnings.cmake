# The strict set: nothing compiles with a warning, on gcc and on clang.
add_compile_options(
	-Wall -Wextra -Werror -Wpedantic
	-Wformat=2 -Wformat-security -Wmissing-prototypes -Wold-style-definition
	-Wstrict-prototypes -Wpointer-arith -Wshadow -Wundef -Wvla
	-Wunused -Wwrite-strings -Wcast-qual -Wimplicit-fallthrough
	-fno-common -fstack-protector-strong)
add_compile_options("$<$<COMPILE_LANGUAGE:C>:SHELL:-include ${CMAKE_SOURCE_DIR}/src/base/banned.h>")
if(CMAKE_BUILD_TYPE STREQUAL "Release" OR CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
	add_compile_options(-D_FORTIFY_SOURCE=2)
endif()
add_link_options(-Wl,-z,relro,-z,now -Wl,--as-needed)

option(SANITIZE_ADDRESS "AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(SANITIZE_THREAD "ThreadSanitizer" OFF)
if(SANITIZE_ADDRESS)
	add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
	add_link_options(-fsanitize=address,undefined)
endif()
if(SANITIZE_THREAD)
	add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
	add_link_options(-fsanitize=thread)
endif()

option(FUZZ "Programs of libFuzzer (tests/fuzz)" OFF)
if(FUZZ)
	add_compile_options(-fsanitize=fuzzer-no-link)
endif()
