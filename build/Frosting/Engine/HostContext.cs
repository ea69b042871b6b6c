using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.Frosting;

/// <summary>
/// Cake's context, whose costly parts are made when a task first asks for one. It finds tools, but no way to install one: that would bring
/// NuGet along.
/// </summary>
internal sealed class HostContext(
    ICakeLog log,
    ICakeArguments arguments,
    CakeDataService data,
    IServiceProvider services
) : ICakeContext
{
    public ICakeLog Log => log;
    public ICakeArguments Arguments => arguments;
    public ICakeDataResolver Data => data;
    public IServiceProvider ServiceProvider => services;
    public IFileSystem FileSystem => Parts.FileSystem;
    public ICakeEnvironment Environment => Parts.Environment;
    public IGlobber Globber => Parts.Globber;
    public IProcessRunner ProcessRunner => Parts.ProcessRunner;
    public IRegistry Registry => Parts.Registry;
    public IToolLocator Tools => Parts.Tools;
    public ICakeConfiguration Configuration => Parts.Configuration;
    public IToolInstaller ToolInstaller => Parts.ToolInstaller;

    private CakeContext Parts => LazyInitializer.EnsureInitialized(ref field, MakeParts);

    private CakeContext MakeParts()
    {
        var environment = new CakeEnvironment(new CakePlatform(), new CakeRuntime());
        var files = new FileSystem();
        var globber = new Globber(files, environment);
        var configuration = new CakeConfigurationProvider(files, environment).CreateConfiguration(
            environment.WorkingDirectory,
            new Dictionary<string, string>(StringComparer.Ordinal)
        );
        var strategy = new ToolResolutionStrategy(files, environment, globber, configuration, log);
        var tools = new ToolLocator(environment, new ToolRepository(environment), strategy);
        return new(
            files,
            environment,
            globber,
            log,
            arguments,
            new ProcessRunner(files, environment, log, tools, configuration),
            new WindowsRegistry(),
            tools,
            data,
            configuration,
            new ToolInstaller(environment, tools, configuration, log, []),
            services
        );
    }
}
