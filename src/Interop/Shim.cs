// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop;

/// <summary>The functions of the C shim that managed code calls.</summary>
internal static unsafe partial class Shim
{
    private const string Library = "reseau_shim";

    /// <summary>Where it is counted how often this process has come out of a fork.</summary>
    [DllImport(Library)]
    internal static extern int* reseau_forks();

    /// <summary>The calling thread's storage: a few zeroed words of its own.</summary>
    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern void* reseau_thread_storage();

    /// <summary>Runs a program's tasks from the front of a list, up to one whose function is NULL or ours.</summary>
    [DllImport(Library)]
    internal static extern void reseau_run_tasks(aws_linked_list* tasks, aws_task_fn ours, aws_task_status status);

    /// <summary>
    /// Runs the tasks of a round and the next ones; the second argument is an EventLoops.TaskRun.
    /// </summary>
    [DllImport(Library)]
    internal static extern void reseau_run_rounds(aws_linked_list* due, void* run);

    /// <summary>Puts what other threads have posted behind what waits; the argument is an EventLoops.TaskRun.</summary>
    [DllImport(Library)]
    internal static extern void reseau_receive_tasks(void* run);

    /// <summary>Says what all loops of ours have for a vtable, to the functions that post tasks.</summary>
    [DllImport(Library)]
    internal static extern void reseau_task_know_loops(aws_event_loop_vtable* vtable);

    /// <summary>Says which logger the process has, or that another library keeps it.</summary>
    [DllImport(Library)]
    internal static extern void reseau_task_know_logger(
        aws_logger* logger, [MarshalAs(UnmanagedType.U1)] bool isExternal);

    /// <summary>Hands one finished line to the current logger, through its variadic `log` entry.</summary>
    [DllImport(Library)]
    internal static extern void reseau_log(aws_log_level level, uint subject, byte* text, nuint length);

    /// <summary>For loggers whose p_impl is an aws_logger_pipeline; owned ones clean up its parts.</summary>
    [DllImport(Library)]
    internal static extern aws_logger_vtable* reseau_logging_pipeline_vtable(bool owned);

    /// <summary>For loggers whose p_impl begins with the level.</summary>
    [DllImport(Library)]
    internal static extern aws_logger_vtable* reseau_logging_noalloc_vtable();

    /// <summary>For formatters whose impl is an aws_date_format.</summary>
    [DllImport(Library)]
    internal static extern aws_log_formatter_vtable* reseau_logging_formatter_vtable();

    /// <summary>The address of the exported variable g_aws_channel_max_fragment_size.</summary>
    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern nuint* reseau_channel_max_fragment_size();

    /// <summary>The address of the exported variable aws_cli_optind.</summary>
    [DllImport(Library)]
    internal static extern int* reseau_command_line_index();

    /// <summary>The address of the exported variable aws_cli_optarg.</summary>
    [DllImport(Library)]
    internal static extern byte** reseau_command_line_argument();

    /// <summary>The address of the exported variable aws_cli_positional_arg.</summary>
    [DllImport(Library)]
    internal static extern byte** reseau_command_line_positional();
}
