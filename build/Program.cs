using Cake.Frosting;
using Pipeline.Build;

Interruption.Listen();
var exitCode = new CakeHost().UseContext<BuildContext>().Run(BuildOption.ForHost(args));
Ending.Run();
if (exitCode == 0 && BuildOption.IsHelp(args))
    Console.WriteLine(BuildOption.Help());
return Interruption.ExitCode(exitCode);
