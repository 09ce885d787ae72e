// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Interop.SChannel;

namespace Reseau.Native.Tls.SChannel;

/// <summary>
/// Servers with several certificates: the first that is for the host that the client asks for is shown, or the
/// context's own if none is.
/// </summary>
internal static unsafe class SChannelServerNames
{
    /// <summary>The context whose credentials a client gets that asks for this name, which may be empty.</summary>
    internal static SChannelContext* Choose(SChannelContext* context, ReadOnlySpan<byte> asked)
    {
        if (context->OtherCount == 0 || !HostName.TryParse(asked, out HostName host) || IsFor(context, host))
            return context;

        for (int i = 0; i < context->OtherCount; i++)
        {
            if (IsFor(context->Others[i], host))
                return context->Others[i];
        }

        return context;
    }

    /// <summary>The subject's names in a certificate. A list that is there twice is none.</summary>
    internal static ReadOnlySpan<byte> NamesIn(CERT_INFO* information)
    {
        CERT_EXTENSION* found = null;
        for (uint i = 0; i < information->cExtension; i++)
        {
            CERT_EXTENSION* extension = &information->rgExtension[i];
            if (!MemoryMarshal.CreateReadOnlySpanFromNullTerminated(extension->pszObjId).SequenceEqual("2.5.29.17"u8))
                continue;
            if (found != null)
                return default;
            found = extension;
        }

        return found == null ? default : new ReadOnlySpan<byte>(found->Value.pbData, (int)found->Value.cbData);
    }

    private static bool IsFor(SChannelContext* context, in HostName host) =>
        context->Shown != null && SubjectAltName.Has(NamesIn(context->Shown->pCertInfo), host);
}
