using System.Text;
using Pipeline.Stages.Report;

namespace Pipeline.Report.Tests;

public sealed class ReproductionTests
{
    [Fact]
    public void The_name_of_a_study_says_it_all()
    {
        var plain = new Reproduction("zig-zag", null, [], [], []);

        Assert.True(plain.IsPlain);
        Assert.Equal("./build.sh --target=Report --experiment=zig-zag", plain.Command);
        Assert.Equal(Page(plain), Page(null).Replace("=grid\n", "=zig-zag\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Overrides_are_quoted_and_folders_left_open()
    {
        var changed = new Reproduction(
            "mine",
            "mine.yml",
            ["activation=relu,tanh", "normalization=group(4)"],
            ["preprocessing=it's"],
            ["iris", "beans"]
        );

        Assert.False(changed.IsPlain);
        Assert.Equal(
            "./build.sh --target=Report --experiment=<folder>/mine.yml --only=activation=relu,tanh "
                + "--only='normalization=group(4)' --set='preprocessing=it'\\''s' --data=<folder with iris.yaml, beans.yaml>",
            changed.Command
        );
        Assert.Contains($"```sh\n{changed.Command}\n```", Page(changed), StringComparison.Ordinal);
    }

    private static string Page(Reproduction? reproduction) =>
        Encoding.UTF8.GetString(
            Reporter.Render(Studies.Grid, [], new Dictionary<string, string>(StringComparer.Ordinal), reproduction)[
                "README.md"
            ]
        );
}
