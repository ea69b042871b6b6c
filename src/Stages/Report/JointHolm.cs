using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// What would become of the verdicts if Holm's adjustment ran over the statistical claims of several studies together, and not over each
/// study's own.
/// </summary>
internal static class JointHolm
{
    /// <summary>
    /// The p values of a study's statistical claims times its looks at the runs, each with that of its opposite, <c>0.001:1 1:1</c>; a
    /// claim without a test has 1.
    /// </summary>
    public static string Text(StudyTables tables)
    {
        var looks = tables.Plan.SeedsByRound().Count;
        return string.Join(
            ' ',
            tables
                .Plan.Claims.Zip(tables.Claims)
                .Where(pair => pair.First.IsStatistical)
                .Select(pair => $"{Paid(pair.Second.P)}:{Paid(pair.Second.OppositeP)}")
        );

        string Paid(double? p) => CanonicalJson.Number(Math.Min(1, looks * (p ?? 1)));
    }

    /// <summary>How many verdicts would become undecided, a sentence; empty where two studies don't make claims.</summary>
    /// <param name="studies">The studies.</param>
    /// <exception cref="InvalidDataException">An entry of a manifest is not what <see cref="Text"/> writes.</exception>
    public static string Sentence(IEnumerable<IndexEntry> studies)
    {
        var claims = studies.Where(study => study.ClaimP.Length > 0).Select(Read).ToArray();
        if (claims.Length < 2)
            return "";
        (double Holds, double Refuted)[] together = [.. claims.SelectMany(study => study)];
        var decided = claims.Sum(Decided);
        return $"Verdicts are adjusted for the claims of their study. By Holm over all {Markdown.Count(together.Length)} statistical claims of these studies together, "
            + $"{Markdown.Count(decided - Decided(together))} of the {Markdown.Count(decided)} that are decided would become undecided.";
    }

    private static int Decided((double Holds, double Refuted)[] claims) =>
        Rejected(claims.Select(claim => claim.Holds)) + Rejected(claims.Select(claim => claim.Refuted));

    /// <summary>How many Holm rejects: the k-th smallest of m, as long as each so far is below the level by m − k + 1.</summary>
    private static int Rejected(IEnumerable<double> values)
    {
        double[] ascending = [.. values.Order()];
        return ascending.Index().TakeWhile(p => (ascending.Length - p.Index) * p.Item < Significance.Side).Count();
    }

    /// <summary>The p values of a study.</summary>
    /// <exception cref="InvalidDataException">An entry of a manifest is not what <see cref="Text"/> writes.</exception>
    public static (double Holds, double Refuted)[] Read(IndexEntry study)
    {
        try
        {
            return Array.ConvertAll(
                study.ClaimP.Split(' '),
                pair =>
                    pair.Split(':') is [var holds, var refuted]
                        ? (Number(holds), Number(refuted))
                        : throw new FormatException()
            );
        }
        catch (FormatException e)
        {
            throw new InvalidDataException(
                $"The manifest of '{study.Study}' has damaged p values, '{study.ClaimP}'; write it again with --target=Report.",
                e
            );
        }

        static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
