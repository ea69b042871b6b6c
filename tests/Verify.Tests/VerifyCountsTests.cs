namespace Pipeline.Verify.Tests;

public sealed class VerifyCountsTests
{
    [Fact]
    public void Counts_of_studies_add_up_to_the_line_that_scripts_rely_on() =>
        Assert.Equal(
            "verify: 21 claims: 11 hold, 4 refuted, 2 undecided, 1 changed, 3 stale",
            (VerifyCounts.None + new VerifyCounts(10, 4, 0, 1, 0) + new VerifyCounts(1, 0, 2, 0, 3)).ToString()
        );
}
