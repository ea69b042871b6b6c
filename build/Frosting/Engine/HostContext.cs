using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.Frosting;

/// <summary>
/// Cake's context, whose costly parts are made when a task first asks for one. It finds tools, but no way to install one: that would bring NuGet along.
/// </summary>
internal sealed class HostContext(
    ICakeLog log,
    ICakeArguments arguments,
    CakeDataService data,
    IServiceProvider services
) : ICakeContext
{
    private readonly Lazy<CakeContext> parts = new(() => Parts(log, arguments, data, services));

    public ICakeLog Log => log;
    public ICakeArguments Arguments => arguments;
    public ICakeDataResolver Data => data;
    public IServiceProvider ServiceProvider => services;
    public IFileSystem FileSystem => parts.Value.FileSystem;
    public ICakeEnvironment Environment => parts.Value.Environment;
    public IGlobber Globber => parts.Value.Globber;
    public IProcessRunner ProcessRunner => parts.Value.ProcessRunner;
    public IRegistry Registry => parts.Value.Registry;
    public IToolLocator Tools => parts.Value.Tools;
    public ICakeConfiguration Configuration => parts.Value.Configuration;
    public IToolInstaller ToolInstaller => parts.Value.ToolInstaller;

    private static CakeContext Parts(
        ICakeLog log,
        ICakeArguments arguments,
        CakeDataService data,
        IServiceProvider services
    )
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
        var processes = new ProcessRunner(files, environment, log, tools, configuration);
        var installer = new ToolInstaller(environment, tools, configuration, log, []);
        return new(
            files,
            environment,
            globber,
            log,
            arguments,
            processes,
            new WindowsRegistry(),
            tools,
            data,
            configuration,
            installer,
            services
        );
    }
}
