// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Interop.SChannel;

namespace Reseau.Native.Tls.SChannel;

/// <summary>The engine contract, fulfilled by the security provider of Windows.</summary>
internal static unsafe class SChannelEngine
{
    private static SecurityFunctionTableW* s_functions;

    internal static TlsEngine Table => new()
    {
        IsCipherPreferenceSupported = &IsSupported,
        NewContext = &SChannelContext.New,
        FreeContext = &SChannelContext.Free,
        NewConnection = &SChannelConnection.New,
        FreeConnection = &SChannelConnection.Free,
        Handshake = &SChannelConnection.Handshake,
        KeyRequest = &HasNoKeyRequest,
        AnswerKeyRequest = &TakesNoAnswer,
        Read = &SChannelConnection.Read,
        Write = &SChannelConnection.Write,
        HasPlaintext = &SChannelConnection.HasPlaintext,
        ReleaseBuffers = &SChannelConnection.ReleaseBuffers,
        SendCloseNotify = &SChannelConnection.SendCloseNotify,
        Protocol = &SChannelConnection.Protocol,
        ServerName = &SChannelConnection.ServerName,
        Describe = &SChannelConnection.Describe,
        PeerCertificate = &SChannelConnection.PeerCertificate,
        ImportPkcs12 = &SChannelPkcs12.Import,
    };

    /// <summary>The provider's functions, for the whole process. A test may put others in their place.</summary>
    internal static SecurityFunctionTableW* Functions
    {
        get
        {
            if (s_functions == null)
                s_functions = Secur32.InitSecurityInterfaceW();
            return s_functions;
        }

        set => s_functions = value;
    }

    private static int s_takesOlderForm;

    /// <summary>Whether credentials are asked for in the older of the two forms only. For tests of that form.</summary>
    internal static bool TakesOlderForm
    {
        get => Volatile.Read(ref s_takesOlderForm) != 0;
        set => Volatile.Write(ref s_takesOlderForm, value ? 1 : 0);
    }

    /// <summary>Which ciphers there are is for the system's settings to say; it takes no lists of ours.</summary>
    internal static bool IsSupported(aws_tls_cipher_pref preference) =>
        preference == AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT;

    // The key is always the engine's: contexts whose key somebody else has are OpenSSL's.
    private static int HasNoKeyRequest(void* connection, TlsKeyRequest* request) =>
        Errors.Raise(AWS_ERROR_INVALID_STATE);

    private static bool TakesNoAnswer(void* connection, aws_byte_cursor* output) => false;
}
