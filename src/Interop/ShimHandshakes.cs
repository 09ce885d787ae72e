// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop;

/// <summary>Handshakes that wait for private-key operations on stacks of their own; see handshake_stack.h.</summary>
internal static unsafe partial class Shim
{
    internal const int KeyDecrypt = 2;

    /// <summary>struct reseau_key_request.</summary>
    internal struct KeyRequest
    {
        internal int Operation;
        internal int Padding;
        internal int Digest;
        internal byte* Input;
        internal nuint InputLength;
    }

    /// <summary>struct reseau_openssl_callbacks.</summary>
    internal struct OpenSslCallbacks
    {
        internal delegate* unmanaged[Cdecl]<void*, byte*, nuint, nuint*, int> BioRead;
        internal delegate* unmanaged[Cdecl]<void*, byte*, nuint, nuint*, int> BioWrite;
        internal delegate* unmanaged[Cdecl]<void*, int, nint, void*, nint> BioControl;
        internal delegate* unmanaged[Cdecl]<void*, byte**, byte*, byte*, uint, void*, int> Protocols;
        internal delegate* unmanaged[Cdecl]<void*, void*, int> NewSession;
        internal delegate* unmanaged[Cdecl]<void*, byte*, void> Secret;
        internal delegate* unmanaged[Cdecl]<void*, void*, int> Status;
        internal delegate* unmanaged[Cdecl]<int, void*, int> Verify;
        internal delegate* unmanaged[Cdecl]<void*, void*, int> NewTicket;
        internal delegate* unmanaged[Cdecl]<void*, void*, byte*, nuint, int, void*, int> Ticket;
        internal delegate* unmanaged[Cdecl]<void*, int, void*, void*, int> SubjectWanted;
        internal delegate* unmanaged[Cdecl]<void*, void> LookupFreed;
        internal delegate* unmanaged[Cdecl]<void*, int*, void*, int> ServerName;
    }

    /// <summary>struct reseau_openssl_level_functions.</summary>
    internal struct OpenSslLevelFunctions
    {
        internal delegate* unmanaged[Cdecl]<void*, void*> SSL_CTX_get_security_callback;
        internal delegate* unmanaged[Cdecl]<void*, void*, void> SSL_CTX_set_security_callback;
        internal delegate* unmanaged[Cdecl]<void*, int> SSL_version;
    }

    /// <summary>NULL when there is no memory for a stack.</summary>
    [DllImport(Library)]
    internal static extern void* reseau_handshake_new(void* function, void* argument);

    /// <summary>Not while it waits. NULL is allowed.</summary>
    [DllImport(Library)]
    internal static extern void reseau_handshake_free(void* handshake);

    /// <summary>False when the handshake waits for a key; else the result is the function's.</summary>
    [DllImport(Library)]
    internal static extern bool reseau_handshake_step(void* handshake, int* result);

    /// <summary>NULL unless the handshake waits.</summary>
    [DllImport(Library)]
    internal static extern KeyRequest* reseau_handshake_request(void* handshake);

    /// <summary>What the next step goes on with; NULL for nothing. False when that is too long.</summary>
    [DllImport(Library)]
    internal static extern bool reseau_handshake_answer(void* handshake, byte* output, nuint length);

    /// <summary>Remembers the managed callbacks, and gives those that OpenSSL is to have instead.</summary>
    [DllImport(Library)]
    internal static extern void reseau_openssl_callbacks(OpenSslCallbacks* managed, OpenSslCallbacks* forOpenSsl);

    /// <summary>Lets a new SSL_CTX speak TLS 1.0 and 1.1 at any security level, down to its lowest version.</summary>
    [DllImport(Library)]
    internal static extern void reseau_openssl_allow_old_versions(void* sslContext, OpenSslLevelFunctions* functions);

    /// <summary>Makes the provider; once. False when libcrypto lacks something.</summary>
    [DllImport(Library)]
    internal static extern bool reseau_openssl_keys_load(nint libcrypto);

    /// <summary>An EVP_PKEY that stands for the private half of a public one.</summary>
    [DllImport(Library)]
    internal static extern void* reseau_openssl_key_new(void* publicKey, byte* type);
}
