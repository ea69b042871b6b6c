using Cake.Frosting;
using Pipeline.Build;

Interruption.Listen();
var exitCode = Guarded(() => new CakeHost().UseContext<BuildContext>().Run(BuildOption.ForHost(args)));
exitCode = Math.Min(
    exitCode,
    Guarded(() =>
    {
        Ending.Run();
        return 0;
    })
);
if (exitCode == 0 && BuildOption.IsHelp(args))
    exitCode = Guarded(() =>
    {
        Console.WriteLine(BuildOption.Help());
        return 0;
    });
return Interruption.ExitCode(exitCode);

// Where the output can't be written, this tries to say so; where that can't either, the exit code alone tells.
static int Guarded(Func<int> run)
{
    try
    {
        return run();
    }
    catch (IOException e)
    {
        UnixProcess.WriteError($"Error: {e.Message}");
        return -1;
    }
}
