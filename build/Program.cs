using Cake.Frosting;
using Pipeline.Build;

Interruption.Listen();
return new CakeHost().UseContext<BuildContext>().Run(args);
