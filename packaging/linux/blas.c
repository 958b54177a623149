/* OpenCV's linear algebra by NumPy's OpenBLAS, so that the program carries one OpenBLAS instead of two.
 *
 * OpenCV's functions count in 32 bits, NumPy's in 64, and theirs have a prefix and a suffix. Fortran takes everything by
 * pointers, and after the arguments the length of each text. */
#include <stdint.h>
#include <stdlib.h>

typedef int32_t I;
typedef int64_t L;
typedef size_t T;

#define GEMM(p, scalar) \
  void scipy_cblas_##p##gemm64_(I, I, I, L, L, L, scalar, const void *, L, const void *, L, scalar, void *, L); \
  void cblas_##p##gemm(I order, I ta, I tb, I m, I n, I k, scalar alpha, const void *a, I lda, const void *b, I ldb, \
                       scalar beta, void *c, I ldc) { \
    scipy_cblas_##p##gemm64_(order, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc); \
  }
GEMM(s, float) GEMM(d, double) GEMM(c, const void *) GEMM(z, const void *)

/* Pivots are an array of numbers, which go back narrowed. LAPACK's own sign for "no memory" is an `info` below zero. */
static L *wide(L count) { return malloc((size_t)(count > 0 ? count : 1) * sizeof(L)); }

static void narrow(L *from, I *to, L count) {
  for (L i = 0; i < count; i++) to[i] = (I)from[i];
  free(from);
}

#define LAPACK(p) \
  void scipy_##p##getrf_64_(L *, L *, void *, L *, L *, L *); \
  void p##getrf_(I *m_, I *n_, void *a, I *lda_, I *pivots, I *info_) { \
    L m = *m_, n = *n_, lda = *lda_, info = -1, count = m < n ? m : n, *found = wide(count); \
    *info_ = (I)info; \
    if (!found) return; \
    scipy_##p##getrf_64_(&m, &n, a, &lda, found, &info); \
    *info_ = (I)info; \
    narrow(found, pivots, count); \
  } \
  void scipy_##p##gesv_64_(L *, L *, void *, L *, L *, void *, L *, L *); \
  void p##gesv_(I *n_, I *rhs_, void *a, I *lda_, I *pivots, void *b, I *ldb_, I *info_) { \
    L n = *n_, rhs = *rhs_, lda = *lda_, ldb = *ldb_, info = -1, *found = wide(n); \
    *info_ = (I)info; \
    if (!found) return; \
    scipy_##p##gesv_64_(&n, &rhs, a, &lda, found, b, &ldb, &info); \
    *info_ = (I)info; \
    narrow(found, pivots, n); \
  } \
  void scipy_##p##potrf_64_(char *, L *, void *, L *, L *, T); \
  void p##potrf_(char *uplo, I *n_, void *a, I *lda_, I *info_) { \
    L n = *n_, lda = *lda_, info = -1; \
    scipy_##p##potrf_64_(uplo, &n, a, &lda, &info, 1); \
    *info_ = (I)info; \
  } \
  void scipy_##p##posv_64_(char *, L *, L *, void *, L *, void *, L *, L *, T); \
  void p##posv_(char *uplo, I *n_, I *rhs_, void *a, I *lda_, void *b, I *ldb_, I *info_) { \
    L n = *n_, rhs = *rhs_, lda = *lda_, ldb = *ldb_, info = -1; \
    scipy_##p##posv_64_(uplo, &n, &rhs, a, &lda, b, &ldb, &info, 1); \
    *info_ = (I)info; \
  } \
  void scipy_##p##geqrf_64_(L *, L *, void *, L *, void *, void *, L *, L *); \
  void p##geqrf_(I *m_, I *n_, void *a, I *lda_, void *tau, void *work, I *lwork_, I *info_) { \
    L m = *m_, n = *n_, lda = *lda_, lwork = *lwork_, info = -1; \
    scipy_##p##geqrf_64_(&m, &n, a, &lda, tau, work, &lwork, &info); \
    *info_ = (I)info; \
  } \
  void scipy_##p##gels_64_(char *, L *, L *, L *, void *, L *, void *, L *, void *, L *, L *, T); \
  void p##gels_(char *trans, I *m_, I *n_, I *rhs_, void *a, I *lda_, void *b, I *ldb_, void *work, I *lwork_, \
                I *info_) { \
    L m = *m_, n = *n_, rhs = *rhs_, lda = *lda_, ldb = *ldb_, lwork = *lwork_, info = -1; \
    scipy_##p##gels_64_(trans, &m, &n, &rhs, a, &lda, b, &ldb, work, &lwork, &info, 1); \
    *info_ = (I)info; \
  } \
  void scipy_##p##gesdd_64_(char *, L *, L *, void *, L *, void *, void *, L *, void *, L *, void *, L *, L *, L *, T); \
  void p##gesdd_(char *job, I *m_, I *n_, void *a, I *lda_, void *s, void *u, I *ldu_, void *vt, I *ldvt_, void *work, \
                 I *lwork_, I *iwork, I *info_) { \
    L m = *m_, n = *n_, lda = *lda_, ldu = *ldu_, ldvt = *ldvt_, lwork = *lwork_, info = -1; \
    L *scratch = wide(8 * (m < n ? m : n)); \
    (void)iwork; \
    *info_ = (I)info; \
    if (!scratch) return; \
    scipy_##p##gesdd_64_(job, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, &lwork, scratch, &info, 1); \
    free(scratch); \
    *info_ = (I)info; \
  }
LAPACK(s) LAPACK(d)

void scipy_dgeev_64_(char *, char *, L *, void *, L *, void *, void *, void *, L *, void *, L *, void *, L *, L *, T, T);
void dgeev_(char *left, char *right, I *n_, void *a, I *lda_, void *wr, void *wi, void *vl, I *ldvl_, void *vr, I *ldvr_,
            void *work, I *lwork_, I *info_) {
  L n = *n_, lda = *lda_, ldvl = *ldvl_, ldvr = *ldvr_, lwork = *lwork_, info = -1;
  scipy_dgeev_64_(left, right, &n, a, &lda, wr, wi, vl, &ldvl, vr, &ldvr, work, &lwork, &info, 1, 1);
  *info_ = (I)info;
}
