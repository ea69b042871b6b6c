namespace Pipeline.Docs.Tests;

/// <summary>A program that a page shows is a file that a test runs.</summary>
public sealed class ListingTests
{
    [Fact]
    public void The_script_that_reads_results() =>
        Assert.Equal(
            Documents.Read("tests/Results.Tests/HowTo/analysis.cs"),
            Documents.Read("src/Results/README.md").Split("```csharp\n")[1].Split("```")[0]
        );
}
