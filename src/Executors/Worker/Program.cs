using System.Runtime.InteropServices;
using Pipeline.Artifacts;
using Pipeline.Worker;

const string Job = "--job=";

using var stop = new CancellationTokenSource();
var job = args.FirstOrDefault(argument => argument.StartsWith(Job, StringComparison.Ordinal))?[Job.Length..];

// A task is told to stop by a signal. Any other worker is stopped by who started it: by the end of its input, or by force; a signal to the
// whole group, as Ctrl-C is, must not come first.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
if (job is not null)
{
    try
    {
        var place = TaskPlace.Of(Environment.GetEnvironmentVariable);
        return new PackSession(new(job), place, Console.Error, stop.Token).Run();
    }
    catch (PipelineException e)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }
}
using var answers = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true, NewLine = "\n" };
using var asked = new StreamReader(Console.OpenStandardInput());

// What libraries print must not get among the answers.
Console.SetOut(Console.Error);
return new Session(asked, answers).Run(args);

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    if (job is not null)
        stop.Cancel();
}
