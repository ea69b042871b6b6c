using Cake.Frosting;
using Pipeline.Frosting.Sample;

return new CakeHost()
    .UseContext<SampleContext>()
    .UseLifetime<SampleLifetime>()
    .UseTaskLifetime<SampleTaskLifetime>()
    .Run(args);
