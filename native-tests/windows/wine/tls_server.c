/* SPDX-License-Identifier: Apache-2.0 */
/* A server of TLS accepts what a client sends. What is sent here is none, and the credentials are a client's: any
 * status says so but the one that says that there is no such function. */
#define SECURITY_WIN32
#include <windows.h>
#include <security.h>
#include <schannel.h>
#include <stdio.h>

int main(void) {
    INIT_SECURITY_INTERFACE_W init =
        (INIT_SECURITY_INTERFACE_W)(void *)GetProcAddress(LoadLibraryW(L"secur32.dll"), "InitSecurityInterfaceW");
    PSecurityFunctionTableW functions = init();
    SCHANNEL_CRED options = {0};
    CredHandle credentials;
    TimeStamp expiry;
    options.dwVersion = SCHANNEL_CRED_VERSION;
    if (functions->AcquireCredentialsHandleW(
            NULL, UNISP_NAME_W, SECPKG_CRED_OUTBOUND, NULL, &options, NULL, NULL, &credentials, &expiry) != SEC_E_OK)
        return 2;
    char hello[] = {0x16, 3, 1, 0, 4, 1, 0, 0, 0};
    SecBuffer in[2] = {{sizeof(hello), SECBUFFER_TOKEN, hello}, {0, SECBUFFER_EMPTY, NULL}};
    SecBuffer out = {0, SECBUFFER_TOKEN, NULL};
    SecBufferDesc input = {SECBUFFER_VERSION, 2, in};
    SecBufferDesc output = {SECBUFFER_VERSION, 1, &out};
    CtxtHandle context;
    ULONG attributes;
    SECURITY_STATUS status = functions->AcceptSecurityContext(
        &credentials,
        NULL,
        &input,
        ASC_REQ_ALLOCATE_MEMORY | ASC_REQ_STREAM,
        0,
        &context,
        &output,
        &attributes,
        &expiry);
    printf("AcceptSecurityContext: 0x%lx\n", (unsigned long)status);
    return status == SEC_E_UNSUPPORTED_FUNCTION ? 1 : 0;
}
