using Cake.Frosting;
using Pipeline.Build;

Interruption.Listen();
var exitCode = new CakeHost().UseContext<BuildContext>().Run(args);
if (BuildOption.IsHelp(args))
    Array.ForEach([.. BuildOption.Help()], Console.WriteLine);
return exitCode;
