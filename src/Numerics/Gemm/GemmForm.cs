namespace Pipeline.Numerics;

/// <summary>How the operands of a product <c>C = A·B</c> (A is m×k, B is k×n) lie in memory, all row-major.</summary>
public enum GemmForm
{
    /// <summary>A is stored m×k and B k×n.</summary>
    NN,

    /// <summary>A is stored transposed, k×m; B is stored k×n.</summary>
    TN,

    /// <summary>A is stored m×k; B is stored transposed, n×k.</summary>
    NT,
}
