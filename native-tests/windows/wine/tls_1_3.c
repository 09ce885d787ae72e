/* SPDX-License-Identifier: Apache-2.0 */
/* A client whose credentials disable all versions but TLS 1.3 offers that version (Windows 11, Server 2022). */
#define SECURITY_WIN32
#include <windows.h>
#include <security.h>
#include <schannel.h>
#include <stdio.h>

/* As <schannel.h> of the system has them; that of mingw-w64 does not. */
struct tls_parameters {
    DWORD alpn_count;
    void *alpn;
    DWORD disabled_protocols;
    DWORD disabled_crypto_count;
    void *disabled_crypto;
    DWORD flags;
};
struct credentials {
    DWORD version, format, count;
    void *certificates, *roots;
    DWORD mapper_count;
    void *mappers;
    DWORD lifespan, flags, parameter_count;
    struct tls_parameters *parameters;
};

int main(void) {
    INIT_SECURITY_INTERFACE_W init =
        (INIT_SECURITY_INTERFACE_W)(void *)GetProcAddress(LoadLibraryW(L"secur32.dll"), "InitSecurityInterfaceW");
    PSecurityFunctionTableW functions = init();
    struct tls_parameters parameters = {0};
    struct credentials options = {0};
    CredHandle credentials;
    TimeStamp expiry;
    parameters.disabled_protocols = 0x1FFF;
    options.version = 5;
    options.parameter_count = 1;
    options.parameters = &parameters;
    SECURITY_STATUS status = functions->AcquireCredentialsHandleW(
        NULL, UNISP_NAME_W, SECPKG_CRED_OUTBOUND, NULL, &options, NULL, NULL, &credentials, &expiry);
    SecBuffer out = {0, SECBUFFER_TOKEN, NULL};
    SecBufferDesc output = {SECBUFFER_VERSION, 1, &out};
    CtxtHandle context;
    ULONG attributes;
    if (status == SEC_E_OK)
        status = functions->InitializeSecurityContextW(
            &credentials,
            NULL,
            (SEC_WCHAR *)L"localhost",
            ISC_REQ_ALLOCATE_MEMORY | ISC_REQ_STREAM,
            0,
            0,
            NULL,
            0,
            &context,
            &output,
            &attributes,
            &expiry);
    int offered = 0;
    const unsigned char *bytes = out.pvBuffer;

    /* The extension of supported versions begins with 0, 43; so many bytes behind it is the first. */
    for (ULONG i = 0; status == SEC_I_CONTINUE_NEEDED && i + 8 < out.cbBuffer; i++)
        offered |= bytes[i] == 0 && bytes[i + 1] == 43 && bytes[i + 5] == 3 && bytes[i + 6] == 4;
    printf("status 0x%lx, TLS 1.3 offered: %d\n", (unsigned long)status, offered);
    return offered ? 0 : 1;
}
