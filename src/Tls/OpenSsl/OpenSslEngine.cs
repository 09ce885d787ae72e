// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Tls.OpenSsl;

/// <summary>The engine contract, fulfilled by OpenSSL.</summary>
internal static unsafe class OpenSslEngine
{
    internal static TlsEngine Table => new()
    {
        IsCipherPreferenceSupported = &OpenSslPolicy.IsSupported,
        NewContext = &OpenSslContext.New,
        FreeContext = &OpenSslContext.Free,
        NewConnection = &OpenSslConnection.New,
        FreeConnection = &OpenSslConnection.Free,
        Handshake = &OpenSslConnection.Handshake,
        KeyRequest = &OpenSslConnection.KeyRequest,
        AnswerKeyRequest = &OpenSslConnection.AnswerKeyRequest,
        Read = &OpenSslConnection.Read,
        Write = &OpenSslConnection.Write,
        HasPlaintext = &OpenSslConnection.HasPlaintext,
        ReleaseBuffers = &OpenSslConnection.ReleaseBuffers,
        SendCloseNotify = &OpenSslConnection.SendCloseNotify,
        Protocol = &OpenSslConnection.Protocol,
        ServerName = &OpenSslConnection.ServerName,
        Describe = &OpenSslConnection.Describe,
        PeerCertificate = &OpenSslConnection.PeerCertificate,
        ImportPkcs12 = &OpenSslPkcs12.Import,
    };
}
