// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Tls;

namespace Reseau.Native.Connections;

/// <summary>
/// A key operation of a connection's handshake. It holds the connection, and whoever has the key, until it is
/// completed, which may be after the connection's end; then it frees itself. Rule 165 of docs/lifetimes.md.
/// </summary>
internal unsafe struct ConnectionKeyOperation
{
    // First, so that this address is the operation's.
    private TlsKeyOperation _operation;
    private Connection* _connection;
    private aws_custom_key_op_handler* _handler;
    private aws_task _task;

    /// <summary>Copies the request. Loop's thread.</summary>
    internal static ConnectionKeyOperation* New(
        Connection* connection, TlsKeyRequest* request, aws_custom_key_op_handler* handler)
    {
        ConnectionKeyOperation* operation = Allocator.New<ConnectionKeyOperation>(Allocator.Default());
        TlsKeyOperation.Init(&operation->_operation, Allocator.Default(), request, &Schedule);
        IdTable.Acquire(&connection->Object);
        operation->_connection = connection;
        operation->_handler = CustomKeyOperationHandler.Acquire(handler);
        return operation;
    }

    /// <summary>Asks for it: it may be completed, and gone, when this returns.</summary>
    internal static void Perform(ConnectionKeyOperation* operation) =>
        CustomKeyOperationHandler.PerformOperation(operation->_handler, (aws_tls_key_operation*)operation);

    // On the loop, and never inside the call: whoever completes may be in the middle of the handshake.
    private static void Schedule(TlsKeyOperation* completed)
    {
        ConnectionKeyOperation* operation = (ConnectionKeyOperation*)completed;
        ScheduledTask.Init(&operation->_task, &OnTask, operation, Literal.Of("tls_key_operation"u8));
        EventLoop.ScheduleTaskNow(operation->_connection->Object.Loop, &operation->_task);
    }

    private static void OnTask(aws_task* task, void* argument, aws_task_status status)
    {
        ConnectionKeyOperation* operation = (ConnectionKeyOperation*)argument;
        Connection* connection = operation->_connection;
        if (status == AWS_TASK_STATUS_RUN_READY)
        {
            aws_byte_cursor output;
            int error = TlsKeyOperation.Result(&operation->_operation, &output);
            ConnectionTls.OnKey(connection, error == AWS_ERROR_SUCCESS ? &output : null, error);
        }

        TlsKeyOperation.CleanUp(&operation->_operation);
        CustomKeyOperationHandler.Release(operation->_handler);
        Allocator.Release(Allocator.Default(), operation);
        IdTable.Release(&connection->Object);
    }
}
