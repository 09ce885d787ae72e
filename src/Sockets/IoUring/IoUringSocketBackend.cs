// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Sockets.Posix;

namespace Reseau.Native.Sockets.IoUring;

/// <summary>
/// POSIX sockets whose streams, on loops that have a ring, receive and send by operations of it. The handle is the
/// descriptor.
/// </summary>
internal static unsafe class IoUringSocketBackend
{
    private static nint s_instance;

    internal static SocketBackend* Instance => StaticMemory.Get(ref s_instance, &Functions);

    private static SocketBackend Functions()
    {
        SocketBackend functions = *PosixBackend.Instance;
        functions.Name = Literal.Of("io_uring"u8);
        functions.LendsPieces = true;
        functions.Attach = &RingSocket.Attach;
        functions.Detach = &RingSocket.Detach;
        functions.Receive = &RingInput.Receive;
        functions.ReceiveInto = &RingInput.ReceiveInto;
        functions.StopReceiving = &RingInput.Stop;
        functions.HoldsInput = &RingInput.HoldsInput;
        functions.HasInput = &RingInput.HasInput;
        functions.Send = &RingOutput.Send;
        functions.SettleSend = &RingOutput.Settle;
        functions.SendFile = &RingOutput.SendFile;

        // Other threads cannot read past a receive that is under way.
        functions.Direct = null;
        return functions;
    }
}
