using Cake.Frosting;
using Pipeline.Build;

Interruption.Listen();
var exitCode = Guarded(() => new CakeHost().UseContext<BuildContext>().Run(BuildOption.ForHost(args)));
Ending.Run();
if (exitCode == 0 && BuildOption.IsHelp(args))
    exitCode = Guarded(() =>
    {
        Console.WriteLine(BuildOption.Help());
        return 0;
    });
return Interruption.ExitCode(exitCode);

// Where not even an error can be written, the exit code alone tells.
static int Guarded(Func<int> run)
{
    try
    {
        return run();
    }
    catch (IOException)
    {
        return -1;
    }
}
