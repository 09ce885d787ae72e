// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Bootstrap;

/// <summary>
/// Start and end of the I/O library. Every start needs an end; they are counted, so that libraries which each start it
/// do not end it for one another. Both may be called on any thread.
/// </summary>
internal static unsafe class IoLibrary
{
    private static UserCount s_users;

    /// <summary>Starts the common library too, and makes the names of error codes and log subjects known.</summary>
    internal static void LibraryInit(aws_allocator* allocator)
    {
        CommonLibrary.LibraryInit(allocator);
        s_users.Enter();

        // On every call, for it costs nothing and no caller may return before the names are there.
        Register();
        CryptoLibrary.Start(allocator);
    }

    /// <summary>
    /// Waits for all managed threads, those that end loop groups among them, and then ends the common library too.
    /// Without a start it does nothing.
    /// </summary>
    internal static void LibraryCleanUp()
    {
        if (s_users.IsZero)
            return;

        // While error names are still known to whatever these threads log.
        Threads.JoinAllManaged();
        if (s_users.Leave())
        {
            Errors.UnregisterErrorInfo(IoErrors.Errors);
            LogNames.UnregisterLogSubjectInfoList(IoErrors.LogSubjects);
            CryptoLibrary.End();

            // Another thread may have started the library between the last departure and the removal.
            if (!s_users.IsZero)
                Register();
        }

        CommonLibrary.LibraryCleanUp();
    }

    /// <summary>Stops the process if the library has not been started.</summary>
    internal static void FatalAssertLibraryInitialized()
    {
        if (!s_users.IsZero)
            return;

        Log.Write(AWS_LL_FATAL, AWS_LS_IO_GENERAL, $"aws_io_library_init() must come before any other call");
        Fatal.Stop("aws_io_library_init() must come before any other call of the I/O library"u8);
    }

    /// <summary>Whether the same attempt may succeed later, as after a lost connection.</summary>
    internal static bool ErrorCodeIsRetryable(int error_code) => error_code
        is AWS_IO_SOCKET_CLOSED
        or AWS_IO_SOCKET_CONNECT_ABORTED
        or AWS_IO_SOCKET_CONNECTION_REFUSED
        or AWS_IO_SOCKET_NETWORK_DOWN
        or AWS_IO_SOCKET_TIMEOUT
        or AWS_IO_DNS_QUERY_AGAIN
        or AWS_IO_DNS_NO_ADDRESS_FOR_HOST
        or AWS_IO_TLS_NEGOTIATION_TIMEOUT;

    private static void Register()
    {
        Errors.RegisterErrorInfo(IoErrors.Errors);
        LogNames.RegisterLogSubjectInfoList(IoErrors.LogSubjects);
    }
}
