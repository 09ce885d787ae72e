/* SPDX-License-Identifier: Apache-2.0 */
/* mingw-w64's headers for Clang, which takes itself for Microsoft's compiler: they would put these attributes where it
 * takes none, and leave out those of its own. */
#include_next <_mingw.h>

#undef __attribute__
#undef __MINGW_ATTRIB_NORETURN
#define __MINGW_ATTRIB_NORETURN
#undef __MINGW_ATTRIB_DEPRECATED
#define __MINGW_ATTRIB_DEPRECATED
#undef __MINGW_NOTHROW
#define __MINGW_NOTHROW
