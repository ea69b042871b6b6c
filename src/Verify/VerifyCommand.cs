using Pipeline.Artifacts;
using Pipeline.Flow;

namespace Pipeline.Verify;

/// <summary>Judges claims anew from the results that stand in their folder.</summary>
public sealed class VerifyCommand(Session session)
{
    /// <summary>
    /// Judges the claims of the studies by the runs that are recorded, without any stage, and compares the verdicts with those recorded.
    /// </summary>
    /// <exception cref="PipelineException">A verdict is not as recorded, or a file of the results is missing or damaged.</exception>
    public void Run()
    {
        var total = VerifyCounts.None;
        var changes = new List<string>();
        foreach (var flow in session.Flows(Mode.Plan))
            total += new StudyVerification(flow, session).Run(changes);
        session.Output.WriteLine(total);
        if (changes.Count > 0)
        {
            throw new PipelineException(
                $"{changes.Count} of {total.Claims} claims are not as recorded; the first: {changes[0]}: "
                    + "if that is meant, write the results again with --target=Report."
            );
        }
    }
}
