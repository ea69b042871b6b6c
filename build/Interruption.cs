using System.Runtime.InteropServices;

namespace Pipeline.Build;

/// <summary>Turns Ctrl+C and a request to end into a token: finished runs are kept, no other is started.</summary>
internal static class Interruption
{
    private static readonly CancellationTokenSource Source = new();
    private static readonly List<PosixSignalRegistration> Registrations = [];

    /// <summary>Cancelled when the process was asked to end.</summary>
    public static CancellationToken Token => Source.Token;

    /// <summary>Starts to listen. A second request ends the process at once.</summary>
    public static void Listen()
    {
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM])
            Registrations.Add(PosixSignalRegistration.Create(signal, Stop));
    }

    private static void Stop(PosixSignalContext context)
    {
        context.Cancel = !Source.IsCancellationRequested;
        Source.Cancel();
    }
}
