using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Frosting;

namespace Pipeline.Frosting.Tests;

public sealed class ContextTests
{
    private readonly HostContext context = new(
        new NullLog(),
        CommandLine.Parse([]).Arguments,
        new CakeDataService(),
        new Services().Add("served")
    );

    [Fact]
    public void A_context_is_all_of_Cakes()
    {
        Assert.True(context.FileSystem.Exist(context.Environment.WorkingDirectory));
        Assert.NotEmpty(
            context.Globber.GetFiles(
                new FilePath(typeof(CakeHost).Assembly.Location).GetDirectory().FullPath + "/*.dll"
            )
        );
        Assert.Null(context.Tools.Resolve("a-tool-that-no-one-has"));
        Assert.Equal("served", context.ServiceProvider.GetService(typeof(string)));
        Assert.Null(context.ServiceProvider.GetService(typeof(int)));
    }

    [Fact]
    public void A_tool_that_is_to_be_installed_is_refused() =>
        Assert.Equal(
            "Could not find an installer for the 'nuget' scheme.",
            Assert
                .Throws<CakeException>(() =>
                    context.ToolInstaller.Install(new("nuget:?package=xunit.runner.console")).ToList()
                )
                .Message
        );
}
