/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What Microsoft's static C runtime gives an image, as far as the managed runtime asks for it: there is no such library
 * beside a compiler that is not Microsoft's. For tests on other systems; on Windows the real one is linked. Each name
 * is Microsoft's, described with /GS, /GUARD:CF, .CRT$X?? sections and thread-local storage in its documentation and in
 * the specification of the PE format.
 */
typedef unsigned long long uintptr;
typedef unsigned int uint32;

/* Says that floating point is used. */
int _fltused = 0x9875;

/* ---- Checks that compiled code makes ---------------------------------------------------------------------------- */

uintptr __security_cookie = 0x2B992DDFA232ULL;

void __security_check_cookie(uintptr cookie) {
    if (cookie != __security_cookie)
        __builtin_trap();
}

/* ExceptionContinueSearch: the frame has nothing to do with the exception. */
int __GSHandlerCheck(void *record, void *frame, void *context, void *dispatcher) {
    (void)record, (void)frame, (void)context, (void)dispatcher;
    return 1;
}

void __report_rangecheckfailure(void) {
    __builtin_trap();
}

int _purecall(void) {
    __builtin_trap();
}

/* Without control flow guard an indirect call goes where it goes. */
__asm__(
    ".text\n"
    ".globl __guard_dispatch\n"
    "__guard_dispatch: jmp *%rax\n");
extern void __guard_dispatch(void);
void *__guard_dispatch_icall_fptr = (void *)__guard_dispatch;

/* Touches each page of a large frame, of RAX bytes, and changes no register. */
__asm__(
    ".text\n"
    ".globl __chkstk\n"
    ".globl ___chkstk_ms\n"
    "__chkstk:\n"
    "___chkstk_ms:\n"
    "  push %rcx\n"
    "  push %rax\n"
    "  lea 24(%rsp), %rcx\n"
    "1: cmp $0x1000, %rax\n"
    "  jb 2f\n"
    "  sub $0x1000, %rcx\n"
    "  testb %cl, (%rcx)\n"
    "  sub $0x1000, %rax\n"
    "  jmp 1b\n"
    "2: sub %rax, %rcx\n"
    "  testb %cl, (%rcx)\n"
    "  pop %rax\n"
    "  pop %rcx\n"
    "  ret\n");

/* ---- Sections between whose ends the linker puts pointers to functions ------------------------------------------ */

#define SECTION(name) __attribute__((section(name), used))

typedef void (*initializer)(void);
typedef int (*checked_initializer)(void);
typedef void (*thread_callback)(void *module, uint32 reason, void *reserved);

SECTION(".CRT$XIA") static checked_initializer s_first_of_c = 0;
SECTION(".CRT$XIZ") static checked_initializer s_end_of_c = 0;
SECTION(".CRT$XCA") static initializer s_first_of_cpp = 0;
SECTION(".CRT$XCZ") static initializer s_end_of_cpp = 0;
SECTION(".CRT$XDA") static initializer s_first_of_thread = 0;
SECTION(".CRT$XDZ") static initializer s_end_of_thread = 0;
SECTION(".CRT$XLA") static thread_callback s_first_callback = 0;
SECTION(".CRT$XLZ") static thread_callback s_end_of_callbacks = 0;

/* ---- Thread-local storage --------------------------------------------------------------------------------------- */

uint32 _tls_index = 0;
SECTION(".tls") static char s_tls_start = 0;
SECTION(".tls$ZZZ") static char s_tls_end = 0;

/* IMAGE_TLS_DIRECTORY64. */
struct tls_directory {
    void *start;
    void *end;
    void *index;
    void *callbacks;
    uint32 size_of_zeros;
    uint32 characteristics;
};

SECTION(".rdata$T")
const struct tls_directory _tls_used = {&s_tls_start, &s_tls_end, &_tls_index, (void *)(&s_first_callback + 1), 0, 0};

__thread char __tls_guard = 0;

/* Variables of a thread that have a constructor. */
static void s_initialize_thread(void) {
    if (__tls_guard)
        return;
    __tls_guard = 1;
    for (initializer volatile *each = &s_first_of_thread + 1; each != &s_end_of_thread; ++each) {
        if (*each)
            (*each)();
    }
}

void __dyn_tls_on_demand_init(void) {
    s_initialize_thread();
}

enum { PROCESS_ATTACH = 1, THREAD_ATTACH = 2 };

void __dyn_tls_init(void *module, uint32 reason, void *reserved) {
    (void)module, (void)reserved;
    if (reason == THREAD_ATTACH)
        s_initialize_thread();
}

SECTION(".CRT$XLC") static thread_callback s_callback = __dyn_tls_init;

/* ---- The entry of the image ------------------------------------------------------------------------------------- */

int DllMain(void *module, uint32 reason, void *reserved);

int _DllMainCRTStartup(void *module, uint32 reason, void *reserved) {
    if (reason == PROCESS_ATTACH) {
        for (checked_initializer volatile *each = &s_first_of_c + 1; each != &s_end_of_c; ++each) {
            if (*each && (*each)() != 0)
                return 0;
        }
        for (initializer volatile *each = &s_first_of_cpp + 1; each != &s_end_of_cpp; ++each) {
            if (*each)
                (*each)();
        }
    }
    return DllMain(module, reason, reserved);
}

/* The library is never unloaded, so that what it would do then is done by the end of the process. */
int atexit(initializer function) {
    (void)function;
    return 0;
}

/* ---- Functions that Microsoft's headers define inline ------------------------------------------------------------ */

__declspec(dllimport) int __stdio_common_vsprintf(
    uintptr options, char *buffer, uintptr size, const char *format, void *locale, __builtin_va_list args);

int vsnprintf(char *buffer, uintptr size, const char *format, __builtin_va_list args) {
    enum { STANDARD_SNPRINTF = 2 };
    return __stdio_common_vsprintf(STANDARD_SNPRINTF, buffer, size, format, 0, args);
}

/* ---- C++ -------------------------------------------------------------------------------------------------------- */

__declspec(dllimport) void *malloc(uintptr size);
__declspec(dllimport) void free(void *block);

/* std::nothrow, and the forms of new and delete that take it or a size. */
__asm__(
    ".globl \"?nothrow@std@@3Unothrow_t@1@B\"\n"
    ".section .rdata,\"dr\"\n"
    "\"?nothrow@std@@3Unothrow_t@1@B\": .quad 0\n"
    ".text\n");

void *reseau_new(uintptr size, const void *nothrow) __asm__("??2@YAPEAX_KAEBUnothrow_t@std@@@Z");
void *reseau_new_array(uintptr size, const void *nothrow) __asm__("??_U@YAPEAX_KAEBUnothrow_t@std@@@Z");
void reseau_delete(void *block, uintptr size) __asm__("??3@YAXPEAX_K@Z");
void reseau_delete_array(void *block) __asm__("??_V@YAXPEAX@Z");

void *reseau_new(uintptr size, const void *nothrow) {
    (void)nothrow;
    return malloc(size ? size : 1);
}

void *reseau_new_array(uintptr size, const void *nothrow) {
    (void)nothrow;
    return malloc(size ? size : 1);
}

void reseau_delete(void *block, uintptr size) {
    (void)size;
    free(block);
}

void reseau_delete_array(void *block) {
    free(block);
}
