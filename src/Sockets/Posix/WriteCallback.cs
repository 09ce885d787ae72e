// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Sockets.Posix;

/// <summary>
/// Whom to tell that a write has ended: a C function, or one of our own, which is reached without leaving managed code.
/// </summary>
internal readonly unsafe struct WriteCallback
{
    private readonly aws_socket_on_write_completed_fn _function;
    private readonly delegate*<aws_socket*, int, nuint, void*, void> _own;

    internal WriteCallback(aws_socket_on_write_completed_fn function) => _function = function;

    internal WriteCallback(delegate*<aws_socket*, int, nuint, void*, void> own) => _own = own;

    internal bool IsMissing => _function == null && _own == null;

    internal void Call(aws_socket* socket, int error, nuint bytesWritten, void* userData)
    {
        if (_own != null)
            _own(socket, error, bytesWritten, userData);
        else
            _function(socket, error, bytesWritten, userData);
    }
}
