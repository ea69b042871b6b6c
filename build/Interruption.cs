using System.Runtime.InteropServices;
using Pipeline.Commands;

namespace Pipeline.Build;

/// <summary>
/// Turns Ctrl+C and a request to end into a token: what is finished is kept, nothing else is started. What doesn't heed the token in time
/// is ended, and so is who writes where nobody reads any more: no more is lost than was not finished, as files appear whole or not at all.
/// </summary>
internal static class Interruption
{
    /// <summary>What a shell tells of a command that wrote where nobody reads: 128 and the number of SIGPIPE.</summary>
    private const int OutputClosed = 141;

    /// <summary>How long the command may take to end by itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.6);

    /// <summary>How long it may take to tell it, and to show the cursor.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(0.4);

    // What sends a signal to a process and to its group, as timeout does, sends it twice.
    private static readonly TimeSpan SameSignal = TimeSpan.FromMilliseconds(10);

    private static readonly CancellationTokenSource Source = new();
    private static readonly List<PosixSignalRegistration> Registrations = [];
    private static readonly Lock Gate = new();
    private static int? code;
    private static long begun;

    /// <summary>Cancelled when the process was asked to end.</summary>
    public static CancellationToken Token => Source.Token;

    /// <summary>Starts to listen. A second request ends the process at once.</summary>
    public static void Listen()
    {
        // Signals come on threads of the pool, which may all be at work.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(workers + 2, ports);
        Register(PosixSignal.SIGINT, 130);
        Register(PosixSignal.SIGTERM, 143);
        Register(PosixSignal.SIGHUP, 129);
        if (Console.IsOutputRedirected && !OperatingSystem.IsWindows())
        {
            var watch = new Thread(() =>
            {
                // As SIGPIPE would, which the runtime ignores: without a word.
                if (UnixProcess.WaitForClosedOutput())
                    UnixProcess.Exit(OutputClosed);
            });
            (watch.IsBackground, watch.Name) = (true, "standard output");
            watch.Start();
        }
    }

    /// <summary>The exit code of a command that ended with one of its own: after a request to end, that request's.</summary>
    public static int ExitCode(int own)
    {
        lock (Gate)
            return own != 0 && code is { } asked ? asked : own;
    }

    private static void Register(PosixSignal signal, int exitCode)
    {
        Registrations.Add(
            PosixSignalRegistration.Create(
                signal,
                context =>
                {
                    context.Cancel = true;
                    if (!Begin(exitCode) && TimeProvider.System.GetElapsedTime(begun) > SameSignal)
                        End();
                }
            )
        );
    }

    // Whether this is the first request.
    private static bool Begin(int exitCode)
    {
        lock (Gate)
        {
            if (code is not null)
                return false;
            (code, begun) = (exitCode, TimeProvider.System.GetTimestamp());
        }
        new Thread(() =>
        {
            Thread.Sleep(Grace);
            End($"Error: {FlowCommand.Interrupted}\n");
        })
        {
            IsBackground = true,
            Name = "end",
        }.Start();
        Source.Cancel();
        return true;
    }

    private static void End(string sentence = "")
    {
        var farewell = new Thread(() =>
        {
            if (OperatingSystem.IsWindows())
                Console.Error.Write(sentence);
            else
                UnixProcess.WriteError(sentence);
            // A progress bar hides it.
            if (!Console.IsOutputRedirected)
                Console.CursorVisible = true;
        })
        {
            IsBackground = true,
            Name = "farewell",
        };
        farewell.Start();
        // What nobody reads, as a terminal that was stopped, is not waited for.
        farewell.Join(Farewell);
        if (OperatingSystem.IsWindows())
            Environment.Exit(code!.Value);
        else
            UnixProcess.Exit(code!.Value);
    }
}
